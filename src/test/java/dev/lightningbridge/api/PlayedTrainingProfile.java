package dev.lightningbridge.api;

import dev.lightningbridge.runs.PlayedTraining;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Set;

/** A server whose trainings are played. */
public final class PlayedTrainingProfile implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(PlayedTraining.class);
  }
}
