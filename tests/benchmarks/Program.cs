using TraceGrains.Benchmarks;
using TraceGrains.Benchmarks.Lineages;
using TraceGrains.Benchmarks.Output;

var size = args.SkipWhile(argument => argument != "--size").Skip(1).FirstOrDefault() ?? "full";
var asked = args.FirstOrDefault(argument => !argument.StartsWith('-') && argument != size) ?? "all";
if (size is not ("small" or "full") || asked is not ("trace" or "recall" or "capture" or "memory" or "restart" or "postgres" or "queries" or "recalls" or "moves" or "access" or "all"))
{
    Console.Error.WriteLine("benchmarks [trace|recall|recalls|memory|restart|capture|postgres|queries|moves|access|all] [--size small|full]");
    return 2;
}

var isSmall = size == "small";
Machine.Print();
if (asked is not ("capture" or "queries" or "recalls" or "moves" or "access"))
{
    var graph = LineageGraph.Generate(isSmall);
    var ledger = await LineageLedger.Prepare(graph, size);
    if (asked is "memory" or "all") await MemoryBenchmark.Run(graph, ledger);
    if (asked is "trace" or "all") await TraceBenchmark.Run(graph, ledger);
    if (asked is "recall" or "all") await RecallBenchmark.Run(graph, ledger);
    if (asked is "restart" or "all") await RestartBenchmark.Run(graph, ledger);
    if (asked is "postgres" or "all") await PostgresBenchmark.Run(isSmall, graph, ledger);
}
if (asked is "capture" or "all") await CaptureBenchmark.Run(isSmall);
if (asked is "queries" or "all") await QueryBenchmark.Run(isSmall);
if (asked is "recalls" or "all") await RecallScaleBenchmark.Run(isSmall);
if (asked is "moves" or "all") await MoveBenchmark.Run(isSmall);
if (asked is "access" or "all") await AccessBenchmark.Run(isSmall);
return 0;
