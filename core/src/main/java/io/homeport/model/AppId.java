package io.homeport.model;

/** x */
public record AppId(String path) {}
