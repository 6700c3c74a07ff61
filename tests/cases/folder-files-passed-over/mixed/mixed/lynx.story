Three lynxes were seen near the reservoir of Vellby this week, a forester said. It is the first sighting in the county since 1954.

@highlight

Lynxes near Vellby

@highlight

First sighting since 1954
