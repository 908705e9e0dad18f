package dev.lightningbridge.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpPairsTest {
  private final OtlpPairs<Call> pairs = new OtlpPairs<>(40_000);

  @Test
  void a_call_that_comes_first_waits_until_its_logs_say_what_was_asked_and_answered() {
    assertThat(pairs.call(call(1), 0)).isEmpty();
    assertThat(pairs.logs("app", List.of(asked(1, "Great fun")), 0)).isEmpty();
    assertThat(pairs.holds("app", "a1")).isTrue();

    List<Call> whole = pairs.logs("app", List.of(answered(1, "positive")), 0);

    assertThat(whole).hasSize(1);
    assertThat(whole.getFirst().said()).isEqualTo("Great fun → positive");
    assertThat(pairs.holds("app", "a1")).isFalse();
    assertThat(pairs.rest()).isEmpty();
  }

  @Test
  void logs_that_come_first_wait_for_their_call_and_for_no_other_of_that_id() {
    pairs.logs("app", List.of(asked(1, "Great fun")), 0);
    pairs.logs("app", List.of(answered(1, "positive")), 0);
    pairs.logs("other", List.of(asked(1, "So dull")), 0);

    assertThat(pairs.call(call(1), 0))
        .extracting(Call::said)
        .containsExactly("Great fun → positive");
    assertThat(pairs.call(call(1), 0)).isEmpty();
  }

  @Test
  void the_first_of_several_choices_is_the_answer() {
    pairs.logs("app", List.of(asked(1, "Great fun")), 0);
    pairs.logs("app", List.of(answered(1, "positive")), 0);
    pairs.logs("app", List.of(choice(1, "joyful", 1)), 0);

    assertThat(pairs.call(call(1), 0))
        .extracting(Call::said)
        .containsExactly("Great fun → positive");
  }

  @Test
  void a_span_that_says_all_itself_takes_a_score_of_its_logs_and_nothing_else() {
    ObjectNode said = span(1);
    ArrayNode attributes = (ArrayNode) said.get("attributes");
    attribute(attributes, "gen_ai.prompt.0.role", "user");
    attribute(attributes, "gen_ai.prompt.0.content", "Great fun");
    attribute(attributes, "gen_ai.completion.0.role", "assistant");
    attribute(attributes, "gen_ai.completion.0.content", "positive");
    pairs.logs("app", List.of(asked(1, "So dull"), answered(1, "negative"), scored(1, "0.5")), 0);

    Call whole = pairs.call(new Call(1, OtlpSpan.of(said)), 0).getFirst();

    assertThat(whole.said()).isEqualTo("Great fun → positive");
    assertThat(whole.span().words().scores()).containsEntry("score", TextNode.valueOf("0.5"));
  }

  @Test
  void a_body_that_is_json_in_a_text_is_read_as_that_json() {
    ObjectNode record = record(1, "gen_ai.user.message");
    record.putObject("body").put("stringValue", "{\"content\": \"Great fun\"}");
    pairs.logs("app", List.of(OtlpLog.of(record).orElseThrow()), 0);
    pairs.logs("app", List.of(answered(1, "positive")), 0);

    assertThat(pairs.call(call(1), 0))
        .extracting(Call::said)
        .containsExactly("Great fun → positive");
  }

  @Test
  void what_waited_for_too_long_is_given_back_with_what_is_known_and_logs_are_forgotten() {
    pairs.call(call(1), 10);
    pairs.logs("app", List.of(asked(1, "Great fun")), 10);
    pairs.call(call(2), 20);
    pairs.logs("app", List.of(asked(3, "So dull")), 10);
    pairs.logs("app", List.of(answered(3, "negative")), 30);

    assertThat(pairs.before(20, 20)).extracting(Call::said).containsExactly("Great fun → ");
    assertThat(pairs.call(call(3), 30)).isEmpty();
    assertThat(pairs.rest()).extracting(Call::number).containsExactly(2, 3);
  }

  @Test
  void above_its_bound_the_oldest_call_waits_no_longer_and_the_oldest_log_is_forgotten() {
    for (int i = 0; i < 100; i++) {
      pairs.logs("app", List.of(asked(i, "Great fun")), 0);
      pairs.logs("app", List.of(answered(i, "positive")), 0);
    }
    assertThat(pairs.call(call(0), 0)).isEmpty();
    assertThat(pairs.call(call(99), 0)).hasSize(1);

    int given = 0;
    for (int i = 100; i < 200; i++) {
      given += pairs.call(call(i), 0).size();
    }
    assertThat(given).isBetween(50, 99);
    assertThat(given + pairs.rest().size()).isEqualTo(101);
  }

  @Test
  void a_call_that_failed_or_has_no_ids_waits_for_nothing() {
    ObjectNode failed = span(1);
    failed.putObject("status").put("code", 2);
    assertThat(pairs.call(new Call(1, OtlpSpan.of(failed)), 0)).hasSize(1);
    ObjectNode without = span(1);
    without.remove("spanId");
    assertThat(pairs.call(new Call(1, OtlpSpan.of(without)), 0)).hasSize(1);
  }

  @Test
  void logs_that_came_in_another_order_are_in_that_of_their_times() {
    pairs.logs("app", List.of(at(3, answered(1, "positive")), at(2, asked(1, "No: dull"))), 0);
    pairs.logs("app", List.of(at(1, asked(1, "Great fun"))), 0);

    assertThat(pairs.call(call(1), 0).getFirst().said()).isEqualTo("Great fun → positive");
  }

  private static OtlpLog at(long ns, OtlpLog log) {
    return new OtlpLog(log.traceId(), log.spanId(), log.event(), ns, log.bytes());
  }

  private record Call(int number, OtlpSpan span) implements OtlpPairs.Told<Call> {
    @Override
    public String key() {
      return OtlpPairs.key("app", span.member("traceId"), span.member("spanId"));
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public Call with(OtlpSpan known, long more) {
      return new Call(number, known);
    }

    String said() {
      return Chat.text(span.words().messages().path(0).path("content"))
          + " → "
          + Chat.text(span.words().reply().path("content"));
    }
  }

  private static Call call(int number) {
    return new Call(number, OtlpSpan.of(span(number)));
  }

  private static ObjectNode span(int number) {
    ObjectNode span = ids(number);
    attribute(span.putArray("attributes"), "gen_ai.operation.name", "chat");
    return span;
  }

  private static ObjectNode ids(int number) {
    return Json.mapper().createObjectNode().put("traceId", "a" + number).put("spanId", "b");
  }

  private static ObjectNode record(int number, String event) {
    return ids(number).put("eventName", event);
  }

  private static OtlpLog asked(int number, String text) {
    ObjectNode record = record(number, "gen_ai.user.message");
    attribute(body(record), "content", text);
    return OtlpLog.of(record).orElseThrow();
  }

  private static OtlpLog scored(int number, String value) {
    ObjectNode record = record(number, "gen_ai.evaluation.result");
    attribute(record.putArray("attributes"), "gen_ai.evaluation.score.value", value);
    return OtlpLog.of(record).orElseThrow();
  }

  private static OtlpLog answered(int number, String text) {
    return choice(number, text, 0);
  }

  private static OtlpLog choice(int number, String text, int index) {
    ObjectNode record = record(number, "gen_ai.choice");
    ArrayNode body = body(record);
    body.addObject().put("key", "index").putObject("value").put("intValue", String.valueOf(index));
    ObjectNode message = body.addObject().put("key", "message").putObject("value");
    attribute(message.putObject("kvlistValue").putArray("values"), "content", text);
    return OtlpLog.of(record).orElseThrow();
  }

  private static ArrayNode body(ObjectNode record) {
    return record.putObject("body").putObject("kvlistValue").putArray("values");
  }

  private static void attribute(ArrayNode list, String key, String value) {
    list.addObject()
        .put("key", key)
        .set("value", Json.mapper().valueToTree(Map.of("stringValue", TextNode.valueOf(value))));
  }
}
