package dev.lightningbridge.common;

/**
 * A documented kind of error. Each room has one enum of them: 1xxx camp, 2xxx dataset and exports,
 * 3xxx model, 4xxx agent and grading, 5xxx optimize, 6xxx lightning, 7xxx runs and bridge.db, 8xxx
 * server, 9xxx command line. Ids are unique over the project and never reused.
 */
public interface ErrorCode {
  /** {@code LB-nnnn}. */
  String id();

  /** The exit status of a command that ends with this error. */
  ExitCode exit();

  /** One sentence for the troubleshooting page: what it means. */
  String summary();
}
