package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The candidates as a picture: a column for each round, a line from each candidate to the one that
 * it was made from.
 */
record SearchTree(int width, int height, List<Column> columns, List<Edge> edges, List<Node> nodes) {
  private static final int COLUMN = 172;
  private static final int NODE_WIDTH = 128;
  private static final int NODE_HEIGHT = 46;
  private static final int BAR = 108;
  private static final int ROW = 58;
  private static final int TOP = 34;
  private static final int MARGIN = 6;

  /** A round's heading. */
  record Column(int x, String name) {}

  /** A line between two candidates, as the path of an SVG. */
  record Edge(String path, boolean kept) {}

  /**
   * A candidate.
   *
   * @param score mean reward in words; empty where it was not measured on validation tasks
   * @param bar width of its bar, by the score
   * @param kept whether its round kept it
   */
  record Node(
      String name,
      int x,
      int y,
      String score,
      String bar,
      boolean best,
      boolean kept,
      String says) {}

  /** What is known of a candidate. */
  private record Known(String name, @Nullable String parent, int round) {}

  static SearchTree of(List<RunEvent> events) {
    Map<String, Known> known = new LinkedHashMap<>();
    Map<String, RunEvent.Evaluated> measured = new HashMap<>();
    List<String> kept = new ArrayList<>();
    String best = "";
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.CandidateMade e ->
            known.putIfAbsent(e.candidate(), new Known(e.candidate(), e.parent(), e.round()));
        case RunEvent.Evaluated e when e.purpose().equals("validation") ->
            measured.merge(e.candidate(), e, (a, b) -> b.tasks() >= a.tasks() ? b : a);
        case RunEvent.RoundFinished e -> kept.addAll(e.beam());
        case RunEvent.BestChanged e -> best = e.candidate();
        default -> {}
      }
    }
    return drawn(known, measured, kept, best);
  }

  private static SearchTree drawn(
      Map<String, Known> known,
      Map<String, RunEvent.Evaluated> measured,
      List<String> kept,
      String best) {
    Map<Integer, List<Known>> rounds = new TreeMap<>();
    known.values().forEach(k -> rounds.computeIfAbsent(k.round(), r -> new ArrayList<>()).add(k));
    Map<String, Node> nodes = new LinkedHashMap<>();
    List<Column> columns = new ArrayList<>();
    int rows = 0;
    for (Map.Entry<Integer, List<Known>> round : rounds.entrySet()) {
      int x = MARGIN + columns.size() * COLUMN;
      columns.add(
          new Column(
              x + NODE_WIDTH / 2, round.getKey() == 0 ? "Start" : "Round " + round.getKey()));
      List<Known> column = round.getValue();
      column.sort(Comparator.comparingInt(k -> rowOf(nodes, k)));
      for (int i = 0; i < column.size(); i++) {
        Known k = column.get(i);
        nodes.put(k.name(), node(k, x, TOP + i * ROW, measured, kept, best));
      }
      rows = Math.max(rows, column.size());
    }
    return new SearchTree(
        2 * MARGIN + NODE_WIDTH + Math.max(0, columns.size() - 1) * COLUMN,
        TOP + Math.max(1, rows) * ROW,
        columns,
        edges(known, nodes),
        List.copyOf(nodes.values()));
  }

  private static int rowOf(Map<String, Node> nodes, Known k) {
    Node parent = k.parent() == null ? null : nodes.get(k.parent());
    return parent == null ? 0 : parent.y();
  }

  private static Node node(
      Known k,
      int x,
      int y,
      Map<String, RunEvent.Evaluated> measured,
      List<String> kept,
      String best) {
    RunEvent.Evaluated e = measured.get(k.name());
    OptionalDouble mean =
        e == null || Double.isNaN(e.mean()) ? OptionalDouble.empty() : OptionalDouble.of(e.mean());
    String score = mean.isPresent() ? Figures.decimal(mean.getAsDouble()) : "";
    return new Node(
        k.name(),
        x,
        y,
        score,
        String.format(Locale.ROOT, "%.1f", BAR * mean.orElse(0)),
        k.name().equals(best),
        kept.contains(k.name()),
        "Candidate %s, %s%s"
            .formatted(
                k.name(),
                e == null || score.isEmpty()
                    ? "not measured"
                    : "mean reward %s on %d validation tasks".formatted(score, e.tasks()),
                k.parent() == null ? ", the current prompt" : ", made from " + k.parent()));
  }

  private static List<Edge> edges(Map<String, Known> known, Map<String, Node> nodes) {
    List<Edge> edges = new ArrayList<>();
    for (Known k : known.values()) {
      Node from = k.parent() == null ? null : nodes.get(k.parent());
      Node to = nodes.get(k.name());
      if (from != null && to != null) {
        int x1 = from.x() + NODE_WIDTH;
        int y1 = from.y() + NODE_HEIGHT / 2;
        int y2 = to.y() + NODE_HEIGHT / 2;
        int bend = (x1 + to.x()) / 2;
        edges.add(
            new Edge(
                "M%d %d C%d %d %d %d %d %d".formatted(x1, y1, bend, y1, bend, y2, to.x(), y2),
                to.kept()));
      }
    }
    return edges;
  }

  public boolean isEmpty() {
    return nodes.isEmpty();
  }
}
