// Silos in one process take the processor from each other, and their clusters the time in which they answer probes.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
