/** The server's pages: they show what the other rooms know, and decide nothing of their own. */
@NullMarked
package dev.lightningbridge.web;

import org.jspecify.annotations.NullMarked;
