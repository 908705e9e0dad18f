package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A row as a file has it.
 *
 * @param line where it begins, or which of the file's items it is; from 1
 * @param values by their names in the file; a format that knows what its own names mean calls them
 *     as {@link Field} does
 */
record RawRow(long line, Map<String, JsonNode> values) {}
