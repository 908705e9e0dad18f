package dev.lightningbridge.corpus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An input that a person or another program gave, to be written as a test case, or with an answer
 * as an example.
 *
 * @param key what tells it from the others of its session: the same input has the same key
 * @param name what it is called
 * @param expected null where no answer is known
 * @param json whether the answer is JSON and not a text
 * @param tag the group that it belongs to; null where it is of none
 * @param kept what else is known of it, by name
 */
public record ImportedTask(
    String key,
    String name,
    String input,
    @Nullable String expected,
    boolean json,
    @Nullable String tag,
    Map<String, Object> kept) {}
