/**
 * What is to be known of an answer in HTTP, whoever parsed it: what of it may be quoted, how it is
 * told from what is no HTTP at all, when to come back. Pure, as all of the domain.
 */
package io.iottunnel.domain.http;
