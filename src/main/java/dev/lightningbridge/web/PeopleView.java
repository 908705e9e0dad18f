package dev.lightningbridge.web;

import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.people.PeopleOffer;
import dev.lightningbridge.runs.people.PeopleStatus;
import dev.lightningbridge.workshop.Workshop;
import org.jspecify.annotations.Nullable;

/**
 * What people can do about a run's verdict.
 *
 * @param status null where they do not wait
 * @param offer null where they cannot be asked
 */
record PeopleView(@Nullable PeopleStatus status, @Nullable PeopleOffer offer) {
  static PeopleView of(StoredRun run, Workshop workshop) {
    PeopleStatus status =
        workshop.people().status(run.id()).filter(PeopleStatus::waits).orElse(null);
    if (status != null || RunName.isActive(run.state()) || run.resultJson() == null) {
      return new PeopleView(status, null);
    }
    PeopleOffer offer = workshop.people().offer(run.id());
    return new PeopleView(null, offer.whyNot() == null ? offer : null);
  }
}
