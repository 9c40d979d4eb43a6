using TraceGrains.Tests;

// One server for all tests of a run; it goes when they are done.
[assembly: AssemblyFixture(typeof(PrivatePostgres))]
