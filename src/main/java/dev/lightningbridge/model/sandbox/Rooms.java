package dev.lightningbridge.model.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests for a meeting room, to be answered by a choice among six and the reason for it. */
final class Rooms extends KnownDomain {
  private static final String END = "End of request.";
  private static final Pattern ATTENDEES = Pattern.compile("Attendees: (\\d{1,6})");
  private static final Pattern NEEDS = Pattern.compile("Needs: ([^\\n]+)");
  private static final Pattern ROOM =
      Pattern.compile(
          "- (\\w+) \\| cap (\\d{1,6}) \\| ([^|]*) \\| access (\\w+) \\| (\\d{1,6}) m \\| (\\w+)");

  Rooms(long seed) {
    super(SkillTable.load("rooms"), seed, Pattern.compile("Room request R-(\\d+)"), END);
  }

  @Override
  Situation read(String input) {
    Map<String, RoomRequest.Room> rooms = new LinkedHashMap<>();
    Matcher lines = ROOM.matcher(input);
    while (lines.find()) {
      RoomRequest.Room room =
          new RoomRequest.Room(
              lines.group(1),
              Integer.parseInt(lines.group(2)),
              items(lines.group(3)),
              lines.group(4).equals("yes"),
              Integer.parseInt(lines.group(5)),
              lines.group(6).equals("free"));
      rooms.putIfAbsent(room.name(), room);
    }
    String needs = Parsing.group(NEEDS, input).orElse("nothing");
    return new RoomRequest(
        Parsing.group(ATTENDEES, input).map(Integer::parseInt).orElse(1),
        needs.contains("nothing") ? List.of() : items(needs),
        input.contains("Access: step-free"),
        List.copyOf(rooms.values()));
  }

  private static List<String> items(String text) {
    return Pattern.compile(",").splitAsStream(text).map(String::strip).toList();
  }

  @Override
  Optional<String> outputIn(String text) {
    return RoomRequest.outputIn(text);
  }

  /** The choice counts most; how it was found shows only in it. */
  @Override
  double reward(List<Skill> demanded, Map<String, Boolean> shown) {
    return (shown.getOrDefault("choice", false) ? 0.75 : 0)
        + 0.15
        + (shown.getOrDefault("reason", false) ? 0.10 : 0);
  }

  @Override
  String newInput(SplittableRandom random, int number) {
    String needs = String.join(", ", sample("equipment", new int[] {0, 1, 1, 2}, random));
    List<String> lines = new ArrayList<>();
    lines.add("Room request R-" + (20_000 + number));
    lines.add("Attendees: " + oneOf("attendees", random));
    lines.add("Needs: " + (needs.isEmpty() ? "nothing" : needs));
    lines.add("Access: " + (random.nextDouble() < 0.45 ? "step-free" : "any"));
    lines.add("Rooms:");
    for (String name : sample("rooms", new int[] {6}, random)) {
      lines.add(
          "- %s | cap %d | %s | access %s | %d m | %s"
              .formatted(
                  name,
                  oneOf("capacities", random),
                  String.join(", ", sample("equipment", new int[] {1, 2, 3}, random)),
                  random.nextDouble() < 0.6 ? "yes" : "no",
                  oneOf("distances", random),
                  random.nextDouble() < 0.7 ? "free" : "taken"));
    }
    lines.add(END);
    return String.join("\n", lines);
  }

  private int oneOf(String name, SplittableRandom random) {
    JsonNode list = table().vocabulary().required(name);
    return list.get(random.nextInt(list.size())).asInt();
  }

  private List<String> sample(String name, int[] sizes, RandomGenerator random) {
    List<String> all = new ArrayList<>(Instruction.strings(table().vocabulary().required(name)));
    Collections.shuffle(all, java.util.Random.from(random));
    return all.subList(0, sizes[random.nextInt(sizes.length)]);
  }
}
