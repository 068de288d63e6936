/** Texts for people. */
@NullMarked
package io.homeport.cli.text;

import org.jspecify.annotations.NullMarked;
