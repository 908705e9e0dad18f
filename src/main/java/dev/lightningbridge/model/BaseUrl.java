package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where an endpoint with a base URL takes chat completions. */
final class BaseUrl {
  private static final Pattern SECRET =
      Pattern.compile("(?i)(^|&)[^=&]*(key|token|secret|sig|signature|password|code)=");

  /** What keys of the common providers look like. */
  private static final Pattern KEY = Pattern.compile("(?i)(sk|gsk|xai|hf|pk)[-_][\\w-]{16,}");

  private BaseUrl() {}

  /**
   * @throws BridgeException LB-3001 where it is no base URL
   */
  static URI completions(String baseUrl) {
    URI base;
    try {
      base = new URI(baseUrl.strip());
    } catch (URISyntaxException e) {
      throw invalid("The base URL is no URL", "the given one");
    }
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    if (base.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw invalid("The base URL is not of the form http(s)://HOST/PATH", "the given one");
    }
    if (base.getRawUserInfo() != null || base.getRawFragment() != null) {
      throw invalid("The base URL holds a user or a fragment", base.getHost());
    }
    boolean inQuery = base.getRawQuery() != null && SECRET.matcher(base.getRawQuery()).find();
    if (inQuery || KEY.matcher(base.getRawPath()).find()) {
      throw invalid(
          "The base URL holds a key, and what is typed here is kept with the run", base.getHost());
    }
    String path = base.getRawPath().replaceFirst("/+$", "");
    String completions = path.endsWith("/chat/completions") ? path : path + "/chat/completions";
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return URI.create(scheme + "://" + base.getRawAuthority() + completions + query);
  }

  private static BridgeException invalid(String what, String where) {
    return new BridgeException(
        ModelError.BASE_URL_INVALID,
        what,
        where,
        "Give one such as https://api.openai.com/v1 or http://localhost:11434/v1; the key belongs"
            + " in an environment variable (--key-env), one in the query too: --query"
            + " NAME=env:VARIABLE.");
  }
}
