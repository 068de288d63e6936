/**
 * Who may call the API: tokens, credentials and sessions of browsers, and protection against pages
 * of other sites. Knows nothing of the resources behind it.
 */
@NullMarked
package io.homeport.api.access;

import org.jspecify.annotations.NullMarked;
