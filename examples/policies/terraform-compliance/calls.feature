Feature: Who may be called

  Scenario: Nobody is called a second time
    Given I have teli_campaign defined
    Then it must have people_again
    And its value must be 0

  Scenario: One campaign makes no more than ten thousand calls
    Given I have teli_campaign defined
    Then it must have worst_case_calls
    And its value must be less than 10001
