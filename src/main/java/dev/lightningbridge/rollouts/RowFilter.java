package dev.lightningbridge.rollouts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are asked for: those of which all conditions hold, or any. Without conditions, all.
 * Conditions name members as agentlightning does.
 */
public final class RowFilter {
  /** SQLite takes some more. */
  private static final int MOST_VALUES = 10_000;

  private final boolean any;
  private final List<Condition> conditions = new ArrayList<>();

  private RowFilter(boolean any) {
    this.any = any;
  }

  private record Condition(String member, String sql, Collection<String> values) {}

  public static RowFilter all() {
    return new RowFilter(false);
  }

  public static RowFilter any() {
    return new RowFilter(true);
  }

  /** The member has this value; no condition where it is null. */
  public RowFilter exact(String member, @Nullable String value) {
    return value == null ? this : with(member, "%1$s = %2$s", List.of(value));
  }

  /** The member has one of these values; no condition where they are null. */
  public RowFilter within(String member, @Nullable Collection<String> values) {
    if (values == null) {
      return this;
    }
    if (values.size() > MOST_VALUES) {
      throw RolloutError.unusable(
          "it has more than %d values".formatted(MOST_VALUES), member, "Ask for fewer at once.");
    }
    return with(member, values.isEmpty() ? "1 = 0" : "%1$s IN (%2$s)", values);
  }

  /** The member has this text in it; no condition where it is null. */
  public RowFilter contains(String member, @Nullable String text) {
    return text == null
        ? this
        : text.isEmpty()
            ? with(member, "%1$s IS NOT NULL", List.of())
            // LIKE takes no heed of capitals, and other functions have a name a database.
            : with(member, "replace(%1$s, %2$s, '') <> %1$s", List.of(text));
  }

  private RowFilter with(String member, String sql, Collection<String> values) {
    conditions.add(new Condition(member, sql, List.copyOf(values)));
    return this;
  }

  /** A condition in SQL, and the values of its parameters by their names. */
  record Sql(String where, Map<String, Object> values) {}

  Sql sql(Map<String, String> columns) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> all = new ArrayList<>();
    for (Condition condition : conditions) {
      List<String> names = new ArrayList<>();
      for (String value : condition.values()) {
        String name = "value" + values.size();
        values.put(name, value);
        names.add(":" + name);
      }
      String column = RowPage.column(columns, condition.member());
      all.add(condition.sql().formatted(column, String.join(", ", names)));
    }
    return new Sql(
        all.isEmpty() ? "1 = 1" : "(" + String.join(any ? " OR " : " AND ", all) + ")", values);
  }
}
