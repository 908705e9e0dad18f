package dev.lightningbridge.runs;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.grading.ExternalGrader;
import java.nio.file.Path;

/**
 * Asked each time before a Training Camp database is used that was named earlier: what was allowed
 * when a run or a schedule was made may be a link to elsewhere by now.
 */
@FunctionalInterface
public interface CampGuard {
  /** On a command line, whose user may use what the system lets them use. */
  CampGuard NONE = camp -> {};

  /**
   * Looks whether the database may be used.
   *
   * @throws BridgeException where it may not
   */
  void check(Path camp);

  /**
   * Looks whether the agent that a run was to have may be run here.
   *
   * @throws BridgeException where it may not
   */
  default void check(AgentChoice agent) {}

  /**
   * Looks whether the grader outside of this program that a run was to have may be asked here.
   *
   * @throws BridgeException where it may not
   */
  default void check(ExternalGrader grader) {}
}
