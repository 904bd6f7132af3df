/**
 * A {@link io.iottunnel.ports.ConnectDialog} for every HTTP library: {@link
 * io.iottunnel.ports.dialog.ConnectCourse} decides which request follows which answer, and a
 * library writes requests and credentials and reads answers. Nobody has to use it.
 */
package io.iottunnel.ports.dialog;
