/** Files that hold a Training Camp database, as they come: SQLite files and Base64 dumps. */
@NullMarked
package dev.lightningbridge.camp.files;

import org.jspecify.annotations.NullMarked;
