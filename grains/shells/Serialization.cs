using Orleans;
using TraceGrains.Ledger;

// A failure of the ledger reaches callers on other silos as what it is: they retry one and report the other.
[assembly: GenerateCodeForDeclaringAssembly(typeof(LedgerFencedException))]
