import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent in plain Java that knows nothing of Lightning Bridge: input on standard input, output on
 * standard output, and a model at the address that any OpenAI client reads from its environment. It
 * asks twice, first for a plan and then for the answer. To train its model:
 *
 * <pre>scripts/bridge optimize --algorithm rl … --trainer-override "agent.command=java docs/examples/JavaAgent.java"</pre>
 */
public final class JavaAgent {
  private static final Pattern CONTENT =
      Pattern.compile("\"content\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");

  public static void main(String[] arguments) throws Exception {
    String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    String prompt = System.getenv().getOrDefault("LIGHTNING_BRIDGE_SYSTEM_PROMPT", "");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String plan = ask(client, prompt, "Say in one line how to answer this: " + input);
      System.out.print(ask(client, prompt, input + "\n\nPlan: " + plan));
    }
  }

  private static String ask(HttpClient client, String system, String user)
      throws IOException, InterruptedException {
    String body =
        "{\"model\": \"auto\", \"max_tokens\": 64, \"messages\": [%s, %s]}"
            .formatted(message("system", system), message("user", user));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(System.getenv("OPENAI_BASE_URL") + "/chat/completions"))
                .header("Authorization", "Bearer " + System.getenv("OPENAI_API_KEY"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher content = CONTENT.matcher(answer.body());
    if (answer.statusCode() != 200 || !content.find()) {
      throw new IOException("the model answered " + answer.statusCode() + ": " + answer.body());
    }
    return unescaped(content.group(1));
  }

  private static String message(String role, String content) {
    StringBuilder text = new StringBuilder();
    for (char c : content.toCharArray()) {
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        default -> text.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return "{\"role\": \"%s\", \"content\": \"%s\"}".formatted(role, text);
  }

  private static String unescaped(String json) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      c = json.charAt(++i);
      switch (c) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }
}
