package dev.lightningbridge.model.sandbox;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request for a meeting room.
 *
 * @param stepFree whether the room must be accessible
 */
record RoomRequest(int attendees, List<String> needs, boolean stepFree, List<Room> rooms)
    implements Situation {
  private static final String NONE = "No Room";
  private static final Pattern CHOICE = Pattern.compile("final_choice: (No Room|\\w+)");
  private static final Pattern REASON = Pattern.compile("(?m)^reason: [^\\n]{1,60}$");
  private static final Pattern OUTPUT =
      Pattern.compile(
          "(final_choice: (No Room|\\w+)|I suggest the room (No Room|\\w+) for you\\.)"
              + "(\\n(reason:|I looked)[^\\n\"]*)?");

  record Room(
      String name,
      int capacity,
      List<String> equipment,
      boolean accessible,
      int distance,
      boolean free) {}

  static Optional<String> outputIn(String text) {
    return Parsing.match(OUTPUT, text).map(m -> m.group());
  }

  @Override
  public boolean holds(String rule) {
    if (rule.equals("step_free")) {
      return stepFree;
    }
    throw new IllegalArgumentException(rule);
  }

  @Override
  public String answer(Conduct conduct) {
    String choice =
        best(conduct::shows)
            .map(Room::name)
            .orElseGet(
                () ->
                    conduct.shows("none") || rooms.isEmpty()
                        ? NONE
                        : Draw.pick(rooms, "any", attendees, conduct.chance("none")).name());
    String reason =
        conduct.shows("reason")
            ? "reason: it meets the criteria"
            : "I looked at the list of the rooms and considered several aspects of the request,"
                + " and this one looked good to me overall.";
    return conduct.shows("fmt")
        ? "final_choice: " + choice + "\n" + reason
        : "I suggest the room " + choice + " for you.\n" + reason;
  }

  /** The best room for somebody who minds only these criteria. */
  private Optional<Room> best(Predicate<String> minds) {
    Stream<Room> fitting = rooms.stream().filter(r -> fits(r, minds));
    return fitting.min(
        Comparator.<Room>comparingInt(r -> minds.test("slack") ? r.capacity() : 0)
            .thenComparingInt(r -> minds.test("dist") ? r.distance() : 0));
  }

  private boolean fits(Room room, Predicate<String> minds) {
    return (!minds.test("cap") || room.capacity() >= attendees)
        && (!minds.test("free") || room.free())
        && (!minds.test("equip") || room.equipment().containsAll(needs))
        && (!minds.test("acc") || !stepFree || room.accessible());
  }

  @Override
  public Map<String, Boolean> check(String output) {
    Map<String, Boolean> shown = new HashMap<>();
    Optional<String> choice = Parsing.group(CHOICE, output);
    shown.put("fmt", choice.isPresent());
    choice.ifPresent(
        name -> {
          shown.put("reason", REASON.matcher(output).find());
          checkChoice(name, shown);
        });
    return shown;
  }

  private void checkChoice(String name, Map<String, Boolean> shown) {
    List<String> criteria = List.of("cap", "free", "equip", "acc", "slack", "dist", "none");
    criteria.forEach(c -> shown.put(c, true));
    Optional<Room> right = best(c -> true);
    boolean good = name.equals(right.map(Room::name).orElse(NONE));
    shown.put("choice", good);
    if (good) {
      return;
    }
    shown.put("none", right.isPresent());
    rooms.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .ifPresent(
            chosen -> {
              for (String criterion : List.of("cap", "free", "equip", "acc")) {
                shown.put(criterion, fits(chosen, criterion::equals));
              }
              right
                  .filter(r -> fits(chosen, c -> true))
                  .ifPresent(
                      r -> shown.put(chosen.capacity() == r.capacity() ? "dist" : "slack", false));
            });
  }
}
