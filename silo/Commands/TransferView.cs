using Spectre.Console;
using TraceGrains.Ledger.Export;

namespace TraceGrains.Silo.Commands;

/// <summary>Shows how far a transfer is.</summary>
static class TransferView
{
    /// <param name="context">Where to show it.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="stream">The file; where the target is not known, its length is.</param>
    /// <param name="transfer">The transfer.</param>
    public static Task<TransferResult> Show(CommandContext context, string title, Stream stream, Func<Action<TransferProgress>, Task<TransferResult>> transfer) =>
        context.Console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async view =>
        {
            var task = view.AddTask(title, maxValue: 1);
            var result = await transfer(progress =>
            {
                task.Description = $"{title} event {progress.Sequence:N0}";
                if (progress.Target > 0) task.Value = (double)progress.Sequence / progress.Target;
                else if (stream.CanSeek && stream.Length > 0) task.Value = (double)stream.Position / stream.Length;
                else task.IsIndeterminate = true;
            });
            task.Value = 1;
            return result;
        });
}
