// Every test starts processes of its own; side by side they would only take the processor from each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
