using System.Globalization;

namespace AkkaSockets.PersistenceBench;

/// <summary>
/// Gives each contender its turn, round after round: a machine that is busy with something else for a while is so for all of them.
/// </summary>
internal sealed class Bench(BenchOptions options, IReadOnlyList<IContender> contenders, Action<string> progress)
{
    public async Task<IReadOnlyList<WriteRow>> WriteAsync(CancellationToken stop)
    {
        var rows = new List<WriteRow>();
        foreach (var writers in options.Writers)
        {
            var turns = contenders.ToDictionary(contender => contender, _ => new List<Turn>());
            foreach (var contender in contenders) await contender.GatherAsync(writers, stop).ConfigureAwait(false);
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var contender in Rotated(round))
                {
                    // One that lost writers has no figure to compare any more.
                    if (turns[contender].Exists(turn => turn.Failed > 0)) continue;
                    var turn = await Turn.TakeAsync(contender, writers, options, stop).ConfigureAwait(false);
                    turns[contender].Add(turn);
                    progress(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{writers:N0} writers, round {round + 1} of {options.Rounds}, {contender.Name}: {turn.EventsPerSecond:N0} events/s, p99 {turn.P99:N1} ms"));
                }
            }
            var floor = contenders.FirstOrDefault(contender => contender.Name == Contenders.Floor);
            foreach (var contender in contenders)
            {
                var stored = await contender.DismissAsync(stop).ConfigureAwait(false);
                rows.Add(WriteRow.Of(writers, contender.Name, turns[contender], floor is null ? null : turns[floor], stored));
            }
        }
        return rows;
    }

    public async Task<IReadOnlyList<RecoveryRow>> RecoverAsync(CancellationToken stop)
    {
        if (options.RecoverActors == 0) return [];
        var times = contenders.ToDictionary(contender => contender, _ => new List<TimeSpan>());
        foreach (var contender in contenders)
        {
            progress(string.Create(CultureInfo.InvariantCulture, $"storing {options.RecoverActors:N0} logs of {options.RecoverEvents:N0} events, {contender.Name}"));
            await contender.FillAsync(options.RecoverActors, options.RecoverEvents, stop).ConfigureAwait(false);
        }
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var contender in Rotated(round))
            {
                GC.Collect();
                times[contender].Add(await contender.RecoverAsync(stop).ConfigureAwait(false));
                progress(string.Create(
                    CultureInfo.InvariantCulture,
                    $"recovery, round {round + 1} of {options.Rounds}, {contender.Name}: {options.RecoverActors / times[contender][^1].TotalSeconds:N0} actors/s"));
            }
        }
        var floor = contenders.FirstOrDefault(contender => contender.Name == Contenders.Floor);
        return [.. contenders.Select(contender => RecoveryRow.Of(contender.Name, options, times[contender], floor is null ? null : times[floor]))];
    }

    private IEnumerable<IContender> Rotated(int round) => contenders.Skip(round % contenders.Count).Concat(contenders.Take(round % contenders.Count));
}
