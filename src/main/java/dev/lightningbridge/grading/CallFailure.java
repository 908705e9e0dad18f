package dev.lightningbridge.grading;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.Locale;

/** What a failed model call is to a rollout, or to a judge's test. */
public final class CallFailure {
  private CallFailure() {}

  /** The failure of a call that was made for this role. */
  public static Failure of(ModelException e, ModelRole role) {
    return new Failure(
        e.kind().name(),
        role.name().toLowerCase(Locale.ROOT),
        String.valueOf(e.getMessage()),
        e.remedy());
  }
}
