/** The web interface's files, as the build put them on the class path. */
@NullMarked
package io.homeport.api.web;

import org.jspecify.annotations.NullMarked;
