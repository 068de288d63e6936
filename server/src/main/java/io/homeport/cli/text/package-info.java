/** Text for people: tables, sizes, times, and the terminal they are shown on. */
@NullMarked
package io.homeport.cli.text;

import org.jspecify.annotations.NullMarked;
