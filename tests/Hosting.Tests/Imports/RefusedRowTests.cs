namespace Supervision.Hosting.Tests.Imports;

/// <summary>Rows that are as they should be, and that this policy does not grant or this officer may not enter.</summary>
public sealed class RefusedRowTests
{
    [Theory]
    // A list may be published under a policy that does not grant what it lists, or not there.
    [InlineData(Importing.NationalList, "hunan-product", null, "entity_id,kind,level,batch,published,region,name\nB-1,factory,provincial,1,2021-02-11,湖南,一厂\n", "1 1 kind honour-not-granted")]
    [InlineData(Importing.NationalList, "miit-2024", null, "level,batch,published,region,company,product\nnational,1,2021-02-11,湖南,一公司,一\n", "1 1 - honour-not-granted")]
    [InlineData(Importing.NationalList, "hunan-2017", null, "entity_id,kind,level,batch,published,region,name\nB-1,factory,provincial,1,2018-02-11,广东,一厂\n", "1 1 region outside-policy-region")]
    [InlineData(Importing.NationalList, "hunan-product", null, "level,batch,published,region,company,product\nprovincial,1,2021-02-11,广东,一公司,一\n", "1 1 region outside-policy-region")]
    // An officer enters what its authority grants, where it acts.
    [InlineData(Importing.NationalList, "miit-2016", "430000", "entity_id,kind,level,batch,published,region,name\nB-1,factory,national,1,2018-02-11,湖南,一厂\n", "1 1 level not-issuing-authority")]
    [InlineData(Importing.NationalList, "hunan-2017", "430000", "entity_id,kind,level,batch,published,region,name\nB-1,factory,provincial,1,2018-02-11,广东,一厂\n", "1 1 region out-of-scope")]
    [InlineData(Importing.NationalList, "hunan-2017", "430000", "entity_id,kind,level,batch,published,region,name\nB-1,factory,provincial,1,2018-02-11,,一厂\n", "1 1 region out-of-scope")]
    [InlineData(Importing.NationalList, "miit-2016", "430000", "level,batch,published,region,company,product\nnational,1,2018-02-11,湖南,一公司,一\n", "1 1 level not-issuing-authority")]
    [InlineData(Importing.NationalList, "hunan-2017", "430000", "level,batch,published,region,company,product\nprovincial,1,2018-02-11,广东,一公司,一\n", "1 1 region out-of-scope")]
    [InlineData(Importing.Register, null, "430000", "kind,key,name,region\nfactory,R-1,一厂,440000\n", "1 1 region out-of-scope")]
    [InlineData(Importing.Register, null, "430000", "kind,key,name,region,aliases\nfactory,B-26,并入别处的厂,430000,没有的名\nfactory,S-1,深圳某厂,440300,旧名\n", "1 1 key merged", "2 1 region out-of-scope")]
    [InlineData(Importing.Register, null, "430000", "kind,key,name,region,policy,level,granted_on\nfactory,R-1,一厂,430000,miit-2016,national,2018-02-11\n", "1 1 level not-issuing-authority")]
    // The enterprise known by the name in the row would be merged; it is another authority's.
    [InlineData(Importing.Register, null, "430000", "kind,key,name,region\nenterprise,91110000000000000E,深圳某厂,430000\n", "1 1 key out-of-scope")]
    [InlineData(Importing.Register, null, "440300", "kind,key,name,region\nenterprise,91110000000000000E,深圳双称公司,440300\n")]
    [InlineData(Importing.Register, null, "440305", "kind,key,name,region\nenterprise,91110000000000000E,深圳双称公司,440305\n", "1 1 key out-of-scope")]
    [InlineData(Importing.Register, null, "", "kind,key,name,region\nenterprise,91110000000000000E,深圳双称公司,440300\n", "1 1 key not-issuing-authority")]
    [InlineData("vetoes", null, "430000", "credit_code,kind,on,source\n91350100M000100Y43,tax-evasion,2020-05-01,信用中国\n", "1 1 credit_code out-of-scope")]
    [InlineData("inspectors", null, "430000", "id,name,certificate_valid_until,regions\nI-1,甲,2030-12-31,440000\nI-2,乙,2030-12-31,\n", "1 1 regions inspector-out-of-scope", "2 1 regions inspector-out-of-scope")]
    public async Task The_row_is_refused_alone_and_says_why(string format, string? policy, string? region, string file, params string[] expected)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        await RegisterBefore.BringAboutAsync(register, silo);
        var actor = region switch
        {
            null => Actor.System,
            "" => Given.Officer,
            _ => Given.Officer with { Authority = new Authority(region.EndsWith("00", StringComparison.Ordinal) ? Level.Provincial : Level.Municipal, [region]) },
        };

        Assert.Equal(expected, await silo.ErrorsAsync(await silo.ImportAsync(file, format, actor: actor, policy: policy)));
    }
}
