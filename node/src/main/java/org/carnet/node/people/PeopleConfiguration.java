// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.people;

import org.carnet.node.points.Records;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.InstantSource;

/// Puts the accounts of people together, and how they sign in.
@Configuration(proxyBeanMethods = false)
public class PeopleConfiguration {
    @Bean
    AccountBook accountBook(JdbcClient jdbc, Records records, InstantSource clock) {
        return new AccountBook(new AccountStore(jdbc), new Diary(records), clock);
    }
}
