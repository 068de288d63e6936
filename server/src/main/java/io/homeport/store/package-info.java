/** What is kept on disk: the store on SQLite, its record format, and the data directory. */
@NullMarked
package io.homeport.store;

import org.jspecify.annotations.NullMarked;
