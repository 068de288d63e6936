/** Tests of who may call. */
@NullMarked
package io.homeport.api.access;

import org.jspecify.annotations.NullMarked;
