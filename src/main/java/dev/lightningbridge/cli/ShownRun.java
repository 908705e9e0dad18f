package dev.lightningbridge.cli;

import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.ProgressDisplay;
import dev.lightningbridge.cli.text.Consent;
import dev.lightningbridge.cli.text.ResultText;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;

/** A run as a command shows it: progress on standard error, the result on standard output. */
final class ShownRun {
  private ShownRun() {}

  /** Starts or resumes a run. */
  @FunctionalInterface
  interface Start {
    RunResult run(Workshop workshop, RunEvent.Listener progress);
  }

  /** Runs to the end, shows the result and gives the command's exit status. */
  static int of(Start start, Console console, CommonOptions common) {
    ProgressDisplay progress = ProgressDisplay.on(console, Consent.ofUser(console)::isGiven);
    RunResult result;
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      result = start.run(workshop, progress);
    } finally {
      progress.end();
    }
    if (common.json) {
      console.json(result);
    } else {
      ResultText.of(result, common.invocation()).forEach(console::line);
    }
    return result.exit().status();
  }
}
