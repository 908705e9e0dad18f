package dev.lightningbridge.imports;

import org.jspecify.annotations.Nullable;

/**
 * A column of a file.
 *
 * @param firstValue how the first value in it begins
 * @param field that it is taken for; null where it is kept as metadata
 */
public record FoundColumn(String name, String firstValue, @Nullable String field) {}
