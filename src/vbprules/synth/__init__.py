"""Made provinces: realistic tables of many institutions that do not exist, the same for the same seed everywhere."""
