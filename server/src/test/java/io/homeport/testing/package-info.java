/** What tests of several packages need. */
@org.jspecify.annotations.NullMarked
package io.homeport.testing;
