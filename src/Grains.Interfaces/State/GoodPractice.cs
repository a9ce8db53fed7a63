namespace Supervision;

/// <summary>Where good practice stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<GoodPracticeStatus>))]
public enum GoodPracticeStatus
{
    /// <summary>Filed; the authority approves or declines it.</summary>
    Filed,

    /// <summary>Approved; published on the next day of publication.</summary>
    Approved,

    /// <summary>Not approved.</summary>
    Declined,

    /// <summary>Published.</summary>
    Published,
}

/// <summary>Good practice (先进经验) of the holder of a title.</summary>
/// <param name="Id">Identity within the grain: <c>good-practice-1</c>, ….</param>
/// <param name="Title">The title.</param>
/// <param name="Text">What is done well, as it is published.</param>
/// <param name="FiledOn">The civil date of filing.</param>
/// <param name="FiledBy">Who filed it (pseudonym).</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PublishOn">The day on which it is or was published, once approved.</param>
public sealed record GoodPractice(
    string Id, TitleRef Title, string Text, DateOnly FiledOn, string FiledBy, GoodPracticeStatus Status, DateOnly? PublishOn = null);
