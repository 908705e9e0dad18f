package dev.lightningbridge.common;

import com.google.errorprone.annotations.Immutable;

/**
 * A documented kind of error. Each room has one enum of them: 1xxx camp, 2xxx dataset and exports,
 * 3xxx model, 4xxx agent and grading, 5xxx optimize, 6xxx lightning, 7xxx runs and bridge.db, 8xxx
 * server, 9xxx command line. Ids are unique over the project and never reused.
 */
public interface ErrorCode {
  /**
   * What a code stands for.
   *
   * @param id {@code LB-nnnn}
   * @param exit the exit status of a command that ends with this error
   * @param summary one sentence for the troubleshooting page
   */
  @Immutable
  record Meaning(String id, ExitCode exit, String summary) {}

  Meaning meaning();

  /** {@code LB-nnnn}. */
  default String id() {
    return meaning().id();
  }

  /** The exit status of a command that ends with this error. */
  default ExitCode exit() {
    return meaning().exit();
  }

  /** One sentence for the troubleshooting page: what it means. */
  default String summary() {
    return meaning().summary();
  }
}
