package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import java.util.List;

/** A candidate and the tasks it is to be run on. */
record Trial(Candidate candidate, List<Task> tasks) {}
