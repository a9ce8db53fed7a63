using System.Diagnostics;

namespace Supervision.Grains.Behaviour;

/// <summary>Commands that are for enterprises only: energy-conservation inspection, vetoes, incidents.</summary>
internal static class EnterpriseCommands
{
    public static Decision Decide(Draft target, Dictionary<GrainId, Draft> others, GrainCommand command, DecisionContext context) =>
        target.Id.Kind == GrainKind.Enterprise ? DecideFor(target, others, command, context) : new Rejection.NotAnEnterprise(target.Id, target.Subject.Enterprise);

    private static Decision DecideFor(Draft target, Dictionary<GrainId, Draft> others, GrainCommand command, DecisionContext context) => command switch
    {
        GrainCommand.ListEnergyInspection list => EnergyListing.List(target, list, context),
        GrainCommand.ListDrawnEnterprise list => EnergyDrawing.List(target, list, context),
        GrainCommand.OrderDrawnInspection order => EnergyDrawing.Order(target, order, context),
        GrainCommand.AssignEnergyInspectors assign => EnergyDrawing.Assign(target, assign, context),
        GrainCommand.DelistEnergyInspection delist => EnergyListing.Delist(target, delist, context),
        GrainCommand.NotifyEnergyInspection notify => EnergyInspecting.Notify(target, notify, context),
        GrainCommand.RecordEnergyResult record => EnergyInspecting.Record(target, record, context),
        GrainCommand.SignEnergyRecord sign => EnergyInspecting.Sign(target, sign, context),
        GrainCommand.HearEnergyOpinion hear => EnergyInspecting.Hear(target, hear, context),
        GrainCommand.OrderEnergyRectification order => EnergyRectifying.Order(target, order, context),
        GrainCommand.ExtendEnergyRectification extend => EnergyRectifying.Extend(target, extend, context),
        GrainCommand.ReportEnergyRectification report => EnergyRectifying.Report(target, report, context),
        GrainCommand.RecheckEnergyRectification recheck => EnergyRectifying.Recheck(target, recheck, context),
        GrainCommand.RecordVeto record => Vetoes.Record(target, record, context),
        GrainCommand.ConfirmVeto confirm => Vetoes.Confirm(target, confirm, context),
        GrainCommand.RejectVeto reject => Vetoes.Reject(target, reject, context),
        GrainCommand.EndVeto end => Vetoes.End(target, end, context),
        GrainCommand.ReportIncident report => Incidents.Report(target, report, context),
        GrainCommand.DetermineIncident determine => Incidents.Determine(target, determine, context),
        GrainCommand.CorrectDetermination correct => Incidents.Correct(target, others, correct, context),
        GrainCommand.DismissIncident dismiss => Incidents.Dismiss(target, dismiss, context),
        _ => throw new UnreachableException($"{command.GetType().Name} was not decided."),
    };
}
