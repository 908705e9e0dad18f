package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the rows is asked for, and in which order.
 *
 * @param limit the most rows; -1 for all
 * @param sortBy a member as agentlightning names it; null for the order in which rows came
 */
public record RowPage(int limit, int offset, @Nullable String sortBy, boolean descending) {
  /** All, in the order in which they came. */
  public static final RowPage ALL = new RowPage(-1, 0, null, false);

  /**
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where there is no such part
   */
  public RowPage {
    if (limit == 0 || limit < -1) {
      throw RolloutError.unusable(
          "it is greater than 0, or -1 for no limit", "limit", "Leave it out for all.");
    }
    if (offset < 0) {
      throw RolloutError.unusable("it is not less than 0", "offset", "Leave it out for the first.");
    }
  }

  /**
   * Rows of the part.
   *
   * @param total how many there are in all parts
   */
  public record Rows<T>(List<T> items, RowPage page, long total) {
    /** As agentlightning reads it. */
    public ObjectNode json(Function<T, JsonNode> item) {
      ObjectNode json = Json.mapper().createObjectNode();
      ArrayNode list = json.putArray("items");
      items.forEach(one -> list.add(item.apply(one)));
      return json.put("limit", page.limit).put("offset", page.offset).put("total", total);
    }
  }

  /**
   * Where rows come from.
   *
   * @param select the columns and tables, without a condition
   * @param must the condition that they are the agent's, with parameters
   * @param parameters the values of those parameters, by their names
   * @param columns by agentlightning's names of members
   * @param place the column that says in which order they came
   */
  record Source(
      String select,
      String must,
      Map<String, String> parameters,
      Map<String, String> columns,
      String place) {
    Source of(Map<String, String> values) {
      return new Source(select, must, values, columns, place);
    }
  }

  <T> Rows<T> read(Handle handle, Source source, RowFilter filter, RowMapper<T> mapper) {
    RowFilter.Sql sql = filter.sql(source.columns());
    String rows = "%s WHERE %s AND %s".formatted(source.select(), source.must(), sql.where());
    long total =
        handle
            .createQuery("SELECT count(*) FROM (" + rows + ") matching")
            .bindMap(source.parameters())
            .bindMap(sql.values())
            .mapTo(Long.class)
            .one();
    List<T> items =
        handle
            .createQuery(
                "%s ORDER BY %s%s LIMIT :limit OFFSET :offset"
                    .formatted(rows, order(source), source.place()))
            .bindMap(source.parameters())
            .bindMap(sql.values())
            .bind("limit", limit == -1 ? Integer.MAX_VALUE : limit)
            .bind("offset", offset)
            .map(mapper)
            .list();
    return new Rows<>(items, this, total);
  }

  /** A time that is not known is later than all others, a text that is not there is empty. */
  private String order(Source source) {
    if (sortBy == null) {
      return "";
    }
    String column = column(source.columns(), sortBy);
    String none = sortBy.endsWith("_time") ? "1e308" : "''";
    return (sortBy.equals("sequence_id") ? column : "coalesce(%s, %s)".formatted(column, none))
        + (descending ? " DESC, " : ", ");
  }

  static String column(Map<String, String> columns, String member) {
    String column = columns.get(member);
    if (column == null) {
      throw RolloutError.unusable(
          "rows are not sorted by this member, or chosen by it",
          member,
          "Use one of %s."
              .formatted(String.join(", ", columns.keySet().stream().sorted().toList())));
    }
    return column;
  }
}
