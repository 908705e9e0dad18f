package dev.lightningbridge.model;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer with status 200 as real endpoints send it.
 *
 * @param text what the model said by it; null where that is nothing
 * @param end the failure that it is; null where it is an answer
 */
record EndpointAnswer(
    String name,
    ModelRole role,
    String type,
    String body,
    @Nullable String text,
    @Nullable Kind end) {
  private static final String JSON = "application/json";

  @Override
  public String toString() {
    return name;
  }

  static Stream<EndpointAnswer> all() {
    return Stream.of(wholes(), empties(), refusals(), failures(), limits(), streams())
        .flatMap(List::stream);
  }

  private static List<EndpointAnswer> wholes() {
    return List.of(
        says("a string", choice("'blue'", "'stop'"), "blue"),
        says("no finish reason", choice("'blue'", "null"), "blue"),
        says("eos", choice("'blue'", "'eos'"), "blue"),
        says("end_turn", choice("'blue'", "'end_turn'"), "blue"),
        says("STOP", choice("'blue'", "'STOP'"), "blue"),
        says("a reason nobody knows", choice("'blue'", "'zorp'"), "blue"),
        says(
            "parts with thinking",
            choice(
                "[{'type':'thinking','thinking':[{'type':'text','text':'Hm.'}]},"
                    + "{'type':'text','text':'bl'},{'type':'text','text':'ue'}]",
                "'stop'"),
            "blue"),
        says(
            "parts of unknown types",
            choice("[{'type':'sound','text':'no'},7,null,{'type':'text','text':'blue'}]", "'stop'"),
            "blue"),
        says("a text completion", "{'choices':[{'text':'blue','finish_reason':'stop'}]}", "blue"),
        says("thinking in tags", choice("'<think>\\nred?\\n</think>\\n\\nblue'", "'stop'"), "blue"),
        says(
            "thinking without its opening",
            choice("'red?\\n</think>\\n\\nblue'", "'stop'"),
            "blue"),
        says("the token that ends a turn", choice("'blue<|im_end|>\\n'", "'stop'"), "blue"),
        says("a quoted tag", choice("'Write <think> first.'", "'stop'"), "Write <think> first."),
        says(
            "reasoning beside it",
            message("{'content':'blue','reasoning_content':'red?'}", "'stop'"),
            "blue"),
        says("an empty error beside it", with("'error':null", choice("'blue'", "'stop'")), "blue"),
        says(
            "MiniMax's word that all is well",
            with("'base_resp':{'status_code':0,'status_msg':''}", choice("'blue'", "'stop'")),
            "blue"),
        says("no calls of tools", message("{'content':'blue','tool_calls':[]}", "'stop'"), "blue"),
        says("half a character", choice("'blue \\ud83d'", "'stop'"), "blue \uFFFD"),
        says("a NUL", choice("'blue \\u0000'", "'stop'"), "blue \uFFFD"),
        typed("text/plain; charset=utf-8", choice("'blue'", "'stop'")),
        typed("", choice("'blue'", "'stop'")),
        typed("text/event-stream", choice("'blue'", "'stop'")),
        typed(JSON, "\n\n\r\n \n" + choice("'blue'", "'stop'")),
        typed(JSON, "\uFEFF" + choice("'blue'", "'stop'")));
  }

  private static List<EndpointAnswer> empties() {
    return Stream.of(
            choice("''", "'stop'"),
            choice("' \\n\\u200b\\u00a0'", "'stop'"),
            choice("null", "'stop'"),
            choice("null", "'zorp'"),
            choice("[]", "'stop'"),
            choice("[{'type':'thinking','thinking':'blue'}]", "'stop'"),
            choice("'<think>blue</think>'", "'stop'"),
            choice("'<think>blue'", "'stop'"),
            choice("'\\u0000'", "'stop'"),
            message("{}", "'stop'"),
            message("{'content':null,'reasoning_content':'The answer is blue'}", "'stop'"),
            message("{'content':'','reasoning':'The answer is blue'}", "'stop'"))
        .map(body -> fails(ModelRole.WORKER, body, Kind.EMPTY_ANSWER))
        .toList();
  }

  private static List<EndpointAnswer> refusals() {
    return Stream.of(
            choice("'bl'", "'content_filter'"),
            choice("''", "'sensitive'"),
            choice("''", "'SAFETY'"),
            choice("null", "'PROHIBITED_CONTENT'"),
            choice("null", "'BLOCKLIST'"),
            choice("null", "'RECITATION'"),
            choice("null", "'guardrail_intervened'"),
            choice("[{'type':'refusal','refusal':'No.'}]", "'stop'"),
            message("{'content':null,'refusal':'No.'}", "'stop'"),
            message("{'content':'blue','refusal':'No.'}", "'stop'"))
        .map(body -> fails(ModelRole.WORKER, body, Kind.REFUSED))
        .toList();
  }

  private static List<EndpointAnswer> failures() {
    String calls = "'tool_calls':[{'id':'c','type':'function','function':{'name':'f'}}]";
    return List.of(
        fails(ModelRole.WORKER, choice("'bl'", "'error'"), Kind.SERVER_ERROR),
        fails(
            ModelRole.WORKER, choice("'bl'", "'insufficient_system_resource'"), Kind.SERVER_ERROR),
        fails(ModelRole.WORKER, choice("null", "'network_error'"), Kind.SERVER_ERROR),
        stated("{'message':'Overloaded','code':502}", Kind.SERVER_ERROR),
        stated("{'message':'No credits','code':402}", Kind.UNAUTHORIZED),
        stated("{'message':'No auth','code':'401'}", Kind.UNAUTHORIZED),
        stated("{'message':'Slow down','code':429}", Kind.RATE_LIMITED),
        stated("{'message':'Slow down','type':'rate_limit_error'}", Kind.RATE_LIMITED),
        stated("{'message':'Filtered','code':'content_filter'}", Kind.REFUSED),
        stated("'overloaded'", Kind.SERVER_ERROR),
        minimax(1002, "rate limit", Kind.RATE_LIMITED),
        minimax(1004, "login fail", Kind.UNAUTHORIZED),
        minimax(1008, "insufficient balance", Kind.UNAUTHORIZED),
        minimax(1027, "output content error", Kind.REFUSED),
        minimax(2013, "invalid params", Kind.BAD_REQUEST),
        minimax(1000, "unknown error", Kind.SERVER_ERROR),
        fails(ModelRole.WORKER, "", Kind.MALFORMED_ANSWER),
        stated("'Unexpected endpoint or method. (POST /chat/completions)'", Kind.MODEL_NOT_FOUND),
        stated("{'message':'Unknown path /x'}", Kind.MODEL_NOT_FOUND),
        fails(
            ModelRole.WORKER,
            "{'object':'error','message':'no such model: m','code':404}",
            Kind.MODEL_NOT_FOUND),
        fails(
            ModelRole.WORKER,
            "{'choices':[{'finish_reason':'error','message':{'content':'bl'},"
                + "'error':{'code':502,'message':'Provider disconnected'}}]}",
            Kind.SERVER_ERROR),
        fails(
            ModelRole.WORKER,
            with("'error':{'code':502}", choice("'blue'", "'stop'")),
            Kind.SERVER_ERROR),
        fails(ModelRole.WORKER, message("{" + calls + "}", "'tool_calls'"), Kind.MALFORMED_ANSWER),
        fails(
            ModelRole.WORKER,
            message("{'content':'Let me see.'," + calls + "}", "'stop'"),
            Kind.MALFORMED_ANSWER),
        fails(ModelRole.WORKER, "{'choices':[]}", Kind.MALFORMED_ANSWER),
        fails(ModelRole.WORKER, "{'choices':null}", Kind.MALFORMED_ANSWER),
        fails(ModelRole.WORKER, "{'choices':[{'finish_reason':'stop'}]}", Kind.MALFORMED_ANSWER),
        fails(ModelRole.WORKER, choice("{'a':1}", "'stop'"), Kind.MALFORMED_ANSWER),
        fails(ModelRole.WORKER, "[1]", Kind.MALFORMED_ANSWER));
  }

  private static List<EndpointAnswer> limits() {
    String usage = "'usage':{'prompt_tokens':9,'completion_tokens':2048}";
    return List.of(
        says("cut off by the limit", choice("'bl'", "'length'"), "bl"),
        says("cut off by Gemini's limit", choice("'bl'", "'MAX_TOKENS'"), "bl"),
        says("cut off after its thinking", choice("'<think>red?</think>bl'", "'length'"), "bl"),
        fails(ModelRole.WORKER, choice("''", "'length'"), Kind.CUT_OFF),
        fails(ModelRole.WORKER, "{'choices':[{'finish_reason':'length'}]}", Kind.CUT_OFF),
        fails(ModelRole.WORKER, choice("'<think>red? or'", "'length'"), Kind.CUT_OFF),
        fails(
            ModelRole.WORKER,
            choice("'<|channel|>analysis<|message|>red?'", "'length'"),
            Kind.CUT_OFF),
        fails(ModelRole.WORKER, with(usage, choice("''", "'stop'")), Kind.CUT_OFF),
        fails(ModelRole.JUDGE, choice("'{\\'score\\': 7'", "'length'"), Kind.CUT_OFF),
        fails(ModelRole.CRITIC, choice("'The prompt'", "'length'"), Kind.CUT_OFF),
        fails(ModelRole.EDITOR, choice("'Answer'", "'length'"), Kind.CUT_OFF));
  }

  private static List<EndpointAnswer> streams() {
    String bl = "data: " + delta("'content':'bl'", "null");
    String ue = "data:" + delta("'content':'ue'", "null");
    String stop = "data: " + delta("", "'stop'");
    String thought = ": waiting\n\ndata: " + delta("'reasoning_content':'red?'", "null");
    return List.of(
        stream("a stream", bl + ue + stop + "data: [DONE]\n\n", "blue", null),
        stream("data without any", bl + "data: \n\n" + ue + "data:\n\n" + stop, "blue", null),
        stream("a stream with thinking", thought + bl + ue + stop, "blue", null),
        stream("a stream without a reason", bl + ue + "data: [DONE]\n\n", "blue", null),
        stream("a stream with CRLF", (bl + ue + stop).replace("\n", "\r\n"), "blue", null),
        stream("a stream that breaks off", bl, null, Kind.MALFORMED_ANSWER),
        stream("a stream broken within", bl + ue.substring(0, 20), null, Kind.MALFORMED_ANSWER),
        stream(
            "a stream with an error",
            bl + "event: error\ndata: {'error':{'code':429,'message':'Slow down'}}\n\n",
            null,
            Kind.RATE_LIMITED),
        stream("a stream of thinking alone", thought + stop, null, Kind.EMPTY_ANSWER));
  }

  private static EndpointAnswer says(String name, String body, String text) {
    return new EndpointAnswer(name, ModelRole.WORKER, JSON, json(body), text, null);
  }

  private static EndpointAnswer typed(String type, String body) {
    String name = "as \"%s\": %.8s".formatted(type, Json.write(body));
    return new EndpointAnswer(name, ModelRole.WORKER, type, json(body), "blue", null);
  }

  private static EndpointAnswer fails(ModelRole role, String body, Kind end) {
    return new EndpointAnswer(role + " " + body, role, JSON, json(body), null, end);
  }

  private static EndpointAnswer stated(String error, Kind end) {
    return fails(ModelRole.WORKER, "{'id':'g','error':" + error + "}", end);
  }

  private static EndpointAnswer minimax(int code, String words, Kind end) {
    String status = "{'status_code':%d,'status_msg':'%s'}".formatted(code, words);
    return fails(ModelRole.WORKER, "{'id':'g','choices':null,'base_resp':" + status + "}", end);
  }

  private static EndpointAnswer stream(
      String name, String body, @Nullable String text, @Nullable Kind end) {
    return new EndpointAnswer(name, ModelRole.WORKER, "text/event-stream", json(body), text, end);
  }

  private static String message(String message, String finish) {
    return "{'choices':[{'index':0,'finish_reason':%s,'message':%s}]}".formatted(finish, message);
  }

  private static String choice(String content, String finish) {
    return message("{'role':'assistant','content':" + content + "}", finish);
  }

  private static String delta(String delta, String finish) {
    return "{'choices':[{'index':0,'delta':{%s},'finish_reason':%s}]}\n\n".formatted(delta, finish);
  }

  private static String with(String member, String body) {
    return "{" + member + "," + body.substring(1);
  }

  /** For texts that would be all backslashes. */
  private static String json(String body) {
    return body.replace("\\'", "\\\"").replace('\'', '"');
  }
}
