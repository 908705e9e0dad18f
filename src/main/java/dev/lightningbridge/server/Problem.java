package dev.lightningbridge.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.Json;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An error as {@code application/problem+json} (RFC 9457).
 *
 * @param type names the code
 * @param title what the code means in general
 * @param detail what is wrong here
 * @param code LB-nnnn
 * @param where what it is about: a file, an id, a parameter
 * @param remedy what to do
 */
@Schema(name = "Problem", description = "An error, as RFC 9457 has it, with a code and a remedy.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    @Schema(examples = "urn:lightning-bridge:lb-7106") String type,
    String title,
    int status,
    @Nullable String detail,
    @Schema(examples = "LB-7106") String code,
    @Nullable String where,
    @Nullable String remedy) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(int status, ErrorCode code, String detail, String where, String remedy) {
    return new Problem(
        "urn:lightning-bridge:" + code.id().toLowerCase(Locale.ROOT),
        code.summary(),
        status,
        detail,
        code.id(),
        where,
        remedy);
  }

  String json() {
    return Json.write(this);
  }
}
