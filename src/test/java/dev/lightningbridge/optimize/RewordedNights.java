package dev.lightningbridge.optimize;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.split.Wording;
import dev.lightningbridge.optimize.verdict.OpenedTasks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Somebody who words his 24 tasks anew before each night, so that they look fresh: what the real
 * ledger calls them.
 */
enum RewordedNights {
  /** With another greeting, number, thanks and name around the same question. */
  ANEW(
      (night, text) ->
          "Re: Hello %s,\nticket #%s: %s Many thanks!\nBest regards, %s"
              .formatted(name(night), 4000 + Integer.parseInt(night), text, name(night + "7"))),
  /** With one word more than the night before. */
  CREEPING(
      (night, text) ->
          text
              + IntStream.range(0, Integer.parseInt(night))
                  .mapToObj(n -> " also" + letters(n) + letters(text.hashCode()))
                  .reduce("", String::concat));

  private static final int NIGHTS = 90;

  private final List<Set<String>> nights = new ArrayList<>();

  RewordedNights(BinaryOperator<String> wording) {
    Map<InputKey, OpenedTasks.Task> opened = new LinkedHashMap<>();
    for (int night = 0; night < NIGHTS; night++) {
      String number = Integer.toString(night);
      List<Wording> today =
          questions().stream()
              .map(text -> wording.apply(number, text))
              .map(text -> Wording.captured(InputKey.of(text), text, null))
              .toList();
      List<OpenedTasks.Task> named = new OpenedTasks(nights, opened.values()).named(today);
      named.forEach(task -> opened.putIfAbsent(task.wording().key(), task));
      nights.add(OpenedTasks.names(named));
    }
  }

  /** The tasks of a night, from 0. */
  Set<String> names(int night) {
    return nights.get(night);
  }

  private static String letters(int of) {
    return "" + (char) ('a' + Math.floorMod(of, 26)) + (char) ('a' + Math.floorMod(of / 26, 26));
  }

  private static String name(String of) {
    return List.of("Ada", "Bo", "Cy", "Di", "Eve", "Flo", "Gus").get(Integer.parseInt(of) % 7);
  }

  private static List<String> questions() {
    List<String> places =
        List.of("Oslo", "Bern", "Lima", "Rome", "Kyiv", "Cairo", "Quito", "Hanoi");
    List<String> matters =
        List.of(
            "the heating in the %s office makes a loud noise since the repair of last week",
            "our delivery to %s has arrived with two broken boxes and one that is missing",
            "the new colleague in %s cannot log in with the password from your letter");
    return places.stream()
        .flatMap(place -> matters.stream().map(matter -> matter.formatted(place)))
        .toList();
  }
}
