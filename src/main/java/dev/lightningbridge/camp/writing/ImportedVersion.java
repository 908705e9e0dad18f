package dev.lightningbridge.camp.writing;

/**
 * An agent version of a session that is imported into.
 *
 * @param number 1 upward within the lineage
 * @param model that it is run with
 * @param extendable whether its lineage was made by an import, whose next prompt may follow this
 *     one; a lineage of the app's keeps its current agent
 */
public record ImportedVersion(
    String id, String lineageId, int number, String prompt, String model, boolean extendable) {}
