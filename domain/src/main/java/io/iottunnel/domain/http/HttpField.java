package io.iottunnel.domain.http;

/**
 * One header field of an answer.
 *
 * @param name as it came
 * @param value raw, not yet escaped for display; secrets are masked
 */
public record HttpField(String name, String value) {}
