package io.homeport.api.definition;

import io.homeport.model.AppId;

/**
 * One entry of a request to change several apps.
 *
 * @param id the app
 * @param update what is asked for
 */
public record NamedUpdate(AppId id, Update update) {}
