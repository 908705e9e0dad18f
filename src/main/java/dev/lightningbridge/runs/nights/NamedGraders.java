package dev.lightningbridge.runs.nights;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.grading.GradingError;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The graders outside of this program that a server's configuration offers by name, to runs that
 * are not typed on a command line: a request names one, and never a program or an address.
 */
public record NamedGraders(Map<String, ExternalGrader> byName) {
  /** What a name can be, as a regular expression; one of our own is one too. */
  public static final String PATTERN = "^[a-z0-9][a-z0-9_-]{0,99}$";

  /** None. */
  public static final NamedGraders NONE = new NamedGraders(Map.of());

  /** One that has the name of a grader of our own is not among them. */
  public NamedGraders {
    Map<String, ExternalGrader> others = new HashMap<>(byName);
    others.keySet().removeIf(name -> GraderChoice.find(name).isPresent());
    byName = Map.copyOf(others);
  }

  public Optional<ExternalGrader> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Looks whether there is a grader of that name, of our own or by configuration.
   *
   * @throws BridgeException LB-4001 where there is none
   */
  public void require(String name) {
    if (find(name).isEmpty() && GraderChoice.find(name).isEmpty()) {
      TreeSet<String> all = new TreeSet<>(byName.keySet());
      Arrays.stream(GraderChoice.values()).map(GraderChoice::label).forEach(all::add);
      throw new BridgeException(
          GradingError.UNKNOWN_GRADER,
          "there is no grader named " + name,
          "grader",
          "Choose one of %s. The server's configuration may name others."
              .formatted(String.join(", ", all)));
    }
  }

  /**
   * Looks whether a grader that was named earlier may be asked here.
   *
   * @throws BridgeException LB-4009 where it is none of the configured ones
   */
  public void check(ExternalGrader grader) {
    if (!byName.containsValue(grader)) {
      throw new BridgeException(
          GradingError.GRADER_NOT_CONFIGURED,
          "the server is not configured for the grader \"%s\"".formatted(grader.name()),
          "lightning-bridge.graders",
          "Configure it there as the run has it, or resume the run on a command line.");
    }
  }

  /** The request, graded by the grader of this name. */
  public OptimizeRequest grading(OptimizeRequest request, String name) {
    require(name);
    return request.gradedBy(find(name).isPresent() ? "auto" : name, find(name).orElse(null));
  }

  /** What an {@link AskedRun} calls it. */
  public String asked(String name) {
    return find(name).isPresent() ? AskedRun.EXTERNAL_GRADER : name;
  }
}
