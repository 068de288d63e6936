package io.homeport.api.access;

/** Who may call. */
public enum AccessMode {
  /** Everybody who reaches the address. */
  OPEN,
  /** Who has the token of the token file. */
  TOKEN,
  /** Who has the token of the token file, or is named in the credentials file. */
  CREDENTIALS
}
