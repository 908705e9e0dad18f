package dev.lightningbridge.dataset;

/**
 * A chat message.
 *
 * @param role system, user, assistant or tool
 */
public record Message(String role, String content) {}
