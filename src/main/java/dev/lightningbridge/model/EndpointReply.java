package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.common.Json;
import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What an endpoint said in the place of an answer. Reads the error bodies of OpenAI and Azure
 * ({@code {"error": {"message", "code"}}}), LiteLLM (the same), Gemini (the same in a list), vLLM
 * ({@code {"object": "error", "message"}}), Ollama ({@code {"error": "text"}}) and FastAPI ({@code
 * {"detail"}}).
 *
 * @param status HTTP's, or the one that an error under 200 states
 * @param codes what the API calls the error: its code, type, status and reason, also of inner
 *     errors, in lower case
 * @param param the parameter that the API names as wrong; empty where it names none
 * @param words what it says, on one line and whole
 * @param structured whether it was JSON; else it may be any page that came in between
 */
public record EndpointReply(
    int status, Set<String> codes, String param, String words, boolean structured)
    implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_SHOWN = 400;
  private static final int LONGEST_READ = 20_000;
  private static final Pattern PAGE =
      Pattern.compile("<(html|body|!doctype)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAGS =
      Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<[^>]*>");
  private static final String[] INNER = {
    "/innererror",
    "/inner_error",
    "/metadata",
    "/error",
    "/details/0",
    "/provider_specific_fields/innererror"
  };

  public EndpointReply {
    codes = Set.copyOf(codes);
  }

  /** Of a body of any form. */
  static EndpointReply of(int status, String body) {
    JsonNode json = json(body);
    if (json.isMissingNode()) {
      return new EndpointReply(status, Set.of(), "", oneLine(withoutTags(cut(body))), false);
    }
    JsonNode error = json.path("error").isObject() ? json.path("error") : json;
    Set<String> codes = new LinkedHashSet<>();
    addCodes(error, codes);
    for (String inner : INNER) {
      addCodes(error.at(inner), codes);
    }
    if (json.path("contentFilter").isArray() || error.at("/metadata/flagged_input").isTextual()) {
      // Zhipu's and OpenRouter's filters name no code, but what they found.
      codes.add("content_filter");
    }
    return new EndpointReply(
        status,
        codes,
        param(json, error),
        oneLine(words(json, error, body)),
        json.isContainerNode());
  }

  /** Missing where the body is no JSON; the first of a list. */
  private static JsonNode json(String body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      return json.isArray() && json.path(0).isObject() ? json.path(0) : json;
    } catch (JsonProcessingException e) {
      // An HTML page of a proxy, most likely: its words say enough.
      return MissingNode.getInstance();
    }
  }

  private static void addCodes(JsonNode error, Set<String> codes) {
    for (String name : new String[] {"code", "type", "status", "reason"}) {
      JsonNode code = error.path(name);
      if (code.isTextual() || code.isIntegralNumber()) {
        codes.add(code.asText().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static String words(JsonNode json, JsonNode error, String body) {
    String said = said(json, error, body);
    // OpenRouter's own words are "Provider returned error"; what the provider said stands here.
    String raw = error.at("/metadata/raw").asText("");
    return raw.isEmpty() ? said : said + ": " + raw;
  }

  private static String said(JsonNode json, JsonNode error, String body) {
    if (json.path("detail").isArray()) {
      return StreamSupport.stream(json.path("detail").spliterator(), false)
          .map(EndpointReply::complaint)
          .collect(Collectors.joining("; "));
    }
    for (JsonNode node :
        new JsonNode[] {
          error.path("message"),
          json.path("error"),
          json.path("message"),
          json.path("detail"),
          json.path("detail").path("message"),
          json.path("msg"),
          json
        }) {
      if (node.isTextual() && !node.textValue().isBlank()) {
        return node.textValue();
      }
    }
    return cut(body);
  }

  private static String cut(String body) {
    return body.substring(0, Math.min(body.length(), LONGEST_READ));
  }

  /** One of FastAPI's: {@code {"loc": ["body", "max_tokens"], "msg": "…"}}. */
  private static String complaint(JsonNode one) {
    String where = place(one.path("loc"));
    String what = one.path("msg").asText(one.isTextual() ? one.textValue() : one.toString());
    return where.isEmpty() ? what : where + ": " + what;
  }

  private static String place(JsonNode loc) {
    return StreamSupport.stream(loc.spliterator(), false)
        .map(JsonNode::asText)
        .filter(part -> !part.equals("body"))
        .collect(Collectors.joining("."));
  }

  private static String param(JsonNode json, JsonNode error) {
    String named = error.path("param").asText("");
    return named.isEmpty() || named.equals("null")
        ? place(json.path("detail").path(0).path("loc"))
        : named;
  }

  private static String withoutTags(String page) {
    return PAGE.matcher(page).find() ? TAGS.matcher(page).replaceAll(" ") : page;
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  /** Without the secrets, should the endpoint repeat them. */
  EndpointReply redacted(Secrets secrets) {
    return new EndpointReply(
        status,
        codes.stream().map(secrets::redact).collect(Collectors.toSet()),
        secrets.redact(param),
        secrets.redact(words),
        structured);
  }

  /** Whether the API says so in its own words, in lower case; never true of a page. */
  boolean says(Pattern words) {
    return structured && words.matcher(this.words.toLowerCase(Locale.ROOT)).find();
  }

  boolean hasCode(Set<String> wanted) {
    return codes.stream().anyMatch(wanted::contains);
  }

  /** The words for a message: shortened, and never empty. */
  String shown() {
    return shortened(words);
  }

  static String shortened(String words) {
    if (words.isEmpty()) {
      return "(nothing)";
    }
    return words.length() <= LONGEST_SHOWN ? words : words.substring(0, LONGEST_SHOWN) + " …";
  }
}
