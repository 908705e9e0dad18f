package dev.lightningbridge.corpus;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One output of an agent that another program recorded, to be written as if the app had run it.
 *
 * @param key what tells it from the others of its session; the same key is the same attempt
 * @param output not blank
 * @param score 1 to 10; null where nobody scored it
 * @param at milliseconds since the epoch; null where that is not known
 * @param model null for the agent's
 * @param kept what else is known of it, by name: texts, numbers, booleans, lists and maps
 */
public record ImportedAttempt(
    String key,
    String input,
    String output,
    @Nullable Integer score,
    @Nullable String comment,
    @Nullable Long at,
    @Nullable String model,
    Map<String, Object> kept) {}
