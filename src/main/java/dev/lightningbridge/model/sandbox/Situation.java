package dev.lightningbridge.model.sandbox;

import java.util.Map;

/** An input as the sandbox understands it: what an answer to it can be and what can be checked. */
interface Situation {
  /** Whether the input holds the rule that a skill's {@code appliesWhen} names. */
  boolean holds(String rule);

  /** An answer, as real text, by a worker of this conduct. */
  String answer(Conduct conduct);

  /** What an output shows, by skill id; a skill that is not in it is not shown. */
  Map<String, Boolean> check(String output);

  /** How the simulated worker behaves in one answer. */
  interface Conduct {
    /** Never does anything wrong. */
    Conduct FAULTLESS =
        new Conduct() {
          @Override
          public boolean shows(String skillId) {
            return true;
          }

          @Override
          public double chance(String skillId) {
            return 0.99;
          }
        };

    boolean shows(String skillId);

    /** The luck behind {@link #shows}, 0 to 1, for what else is left to chance. */
    double chance(String skillId);
  }
}
